import { expect, test } from 'vitest'
import { ModelWatch } from '../../../src/curriculum/policies/model-watch.js'

const changes = (models: string, batch = 1) => {
  const watch = new ModelWatch(batch)
  return [...models].map((model) => (watch.changed(model) ? model : '-')).join('')
}

test.each([
  ['one solver is never another', 'AAAAAAAA', '--------'],
  ['the first report of another solver announces it', 'AAABBB', '---B--'],
  ['late results of the old one are no change back', 'AAABABBB', '---B----'],
  ['two that take turns are announced once', 'ABABABABAB', '-B--------'],
  ['a solver that comes back after long is another one', `A${'B'.repeat(40)}A`, `-B${'-'.repeat(39)}A`],
])('%s', (_, models, announced) => {
  expect(changes(models)).toBe(announced)
})

test('with large batches results lag for longer', () => {
  const models = `A${'B'.repeat(40)}A`
  expect(changes(models, 32).endsWith('-')).toBe(true)
})
