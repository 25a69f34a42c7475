import { readFileSync } from 'node:fs'
import path from 'node:path'
import { packageRoot } from '../base/paths.js'

export const assayVersion = (
  JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version
