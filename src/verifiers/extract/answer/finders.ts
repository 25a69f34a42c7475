/**
 * The styles in which replies give their answer, in the order in which they are asked; the first that finds one is
 * believed, and `none` ends the search. A style is one function and one line.
 */
import { boxed } from './boxes.js'
import { inJson } from './containers.js'
import { bold, choice, concluded, fewWords, isCutOff, labelled, lastLine, parts, tabled } from './endings.js'
import type { Finding, How, Page } from './page.js'
import { hashed, phrased } from './statements.js'

export interface Finder {
  readonly how: How
  readonly find: (page: Page) => Finding
  /** Why it stands before what follows. */
  readonly why: string
}

export const finders: readonly Finder[] = [
  {
    how: 'boxed',
    find: boxed,
    why: 'asked for in most prompts; a later statement with another value, or a retraction, overrules it',
  },
  { how: 'hash', find: hashed, why: 'the mark of one data set, never used in passing' },
  { how: 'json', find: inJson, why: 'a key named answer is made for machines' },
  { how: 'phrase', find: phrased, why: 'names the answer; also when its reasons or a check follow' },
  { how: 'phrase', find: labelled, why: 'a label on the last line alone, as it also heads derivations' },
  {
    how: 'last-line',
    find: (page) => (isCutOff(page) ? 'none' : undefined),
    why: 'the end of a reply that was cut off tells nothing',
  },
  { how: 'choice', find: choice, why: 'a letter that is called correct' },
  { how: 'parts', find: parts, why: 'all sub-answers, before the last one of them is taken for the whole' },
  { how: 'table', find: tabled, why: 'before a last line of a table is read as mathematics' },
  { how: 'bold', find: bold, why: 'emphasis in the last paragraph, where no word names the answer' },
  { how: 'last-line', find: lastLine, why: 'nothing but the answer' },
  { how: 'last-line', find: concluded, why: 'what the last sentence says, if it says it' },
  { how: 'last-line', find: fewWords, why: 'a reply that is nothing else' },
]
