// `npm start -- ARGS` is `assay run ARGS`, with the built-in configuration when ARGS name neither sets nor a model.
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { root } from './places.mjs'
import { startArguments } from './start-arguments.mjs'

const config = fileURLToPath(new URL('./start.yaml', import.meta.url))
const entry = path.join(root, 'dist/cli/main.js')

// The command runs in this process: its exit code and the signals it gets need no passing on.
process.argv = [process.execPath, entry, ...startArguments(process.argv.slice(2), config)]
await import(pathToFileURL(entry).href)
