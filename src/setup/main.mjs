#!/usr/bin/env node
// Set-up: packages, build, sandbox, model. Run by `npm run setup`, and before `npm start` and `npm test`.
// It runs before node_modules exists, so it uses nothing but Node. This file must load in any Node that knows modules:
// the rest is imported only after the version was checked.
import { versionProblem } from './node-version.mjs'

const problem = versionProblem(process.versions.node)
if (problem) {
  process.stderr.write(`setup: ${problem}\n`)
  process.exitCode = 3
} else {
  import('./steps.mjs').then(({ setUp }) =>
    setUp(process.argv.slice(2), process.env).then((code) => {
      process.exitCode = code
    }),
  )
}
