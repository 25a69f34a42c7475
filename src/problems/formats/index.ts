import type { Format } from './format.js'
import { gsm8k } from './gsm8k.js'
import { humaneval } from './humaneval.js'
import { jsonl } from './jsonl.js'

/** Published formats that `assay problems import` reads. */
export const formats = { humaneval, gsm8k, jsonl } satisfies Record<string, Format>
