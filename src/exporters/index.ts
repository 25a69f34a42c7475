import type { Exporter } from './exporter.js'
import { sft } from './sft.js'

/** Dataset formats; an id is what `assay export --format` names. */
export const exporters = { sft } satisfies Record<string, Exporter>
