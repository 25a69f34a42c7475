import type { Reporter, TestModule } from 'vitest/node'

/** Ends the output with `N passed, N failed, N skipped`, and fails when a whole suite skipped in CI. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>): void {
    const count = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      const before = { ...count }
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') count.passed++
        else if (state === 'failed') count.failed++
        else count.skipped++
      }
      if (module.errors().length > 0) count.failed += module.errors().length
      const ran = count.passed - before.passed + count.failed - before.failed
      if (process.env.CI && ran === 0 && count.skipped > before.skipped) {
        console.log(`the whole suite ${module.relativeModuleId} was skipped, which CI does not accept`)
        count.failed++
        process.exitCode = 1
      }
    }
    // After vitest's own summary, so that it is the last line.
    process.on('exit', () => console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`))
  }
}
