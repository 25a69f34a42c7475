import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** A module of src/setup, which is plain JavaScript without types. */
export const load = (name: string) => import(new URL(`../../src/setup/${name}.mjs`, import.meta.url).href)

/** A folder that is gone when the test is over. */
export function scratch(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-setup-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
