import type { Rng } from '../../base/rng.js'
import { type CodeDraft, codeFamily } from './generator.js'
import { drawSteps, type Step, transformDraft } from './transform.js'

type TextStep = (random: Rng) => Step<string>

const letters = 'abcdefghijklmnopqrstuvwxyz'
const characters = `${letters}${letters.toUpperCase()}0123456789 -`

const simple: readonly TextStep[] = [
  () => ({ say: 'Reverse the text', python: 's = s[::-1]', run: (s) => [...s].reverse().join('') }),
  () => ({ say: 'Make all letters upper case', python: 's = s.upper()', run: (s) => s.toUpperCase() }),
  () => ({
    say: 'Remove the vowels a, e, i, o and u, small and capital ones',
    python: "s = ''.join(c for c in s if c not in 'aeiouAEIOU')",
    run: (s) => s.replace(/[aeiou]/gi, ''),
  }),
  () => ({
    say: 'Write every character twice',
    python: "s = ''.join(c * 2 for c in s)",
    run: (s) => s.replace(/./g, '$&$&'),
  }),
  (random) => {
    const k = random.int(3, 9)
    return { say: `Keep only the first ${k} characters`, python: `s = s[:${k}]`, run: (s) => s.slice(0, k) }
  },
  (random) => {
    const [from, to] = random.shuffle([...'aeiourstln'])
    return {
      say: `Replace every small letter ${from} by ${to}`,
      python: `s = s.replace('${from}', '${to}')`,
      run: (s) => s.replaceAll(from as string, to as string),
    }
  },
  (random) => {
    const front = random
      .shuffle([...letters])
      .slice(0, random.int(1, 3))
      .join('')
    return { say: `Put ${front} in front of the text`, python: `s = '${front}' + s`, run: (s) => front + s }
  },
  () => ({ say: 'Remove all spaces', python: "s = s.replace(' ', '')", run: (s) => s.replaceAll(' ', '') }),
]

const harder: readonly TextStep[] = [
  () => ({
    say: 'Turn small letters into capitals and capitals into small letters',
    python: 's = s.swapcase()',
    run: (s) => [...s].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join(''),
  }),
  (random) => {
    const k = random.int(1, 9)
    return {
      say: `Replace every small letter a to z by the one ${k} places later in the alphabet, going on at a after z`,
      python: `s = ''.join(chr((ord(c) - 97 + ${k}) % 26 + 97) if 'a' <= c <= 'z' else c for c in s)`,
      run: (s) => s.replace(/[a-z]/g, (c) => letters[(letters.indexOf(c) + k) % 26] as string),
    }
  },
  () => ({
    say: 'Where one character stands several times in a row, keep it once',
    python: "s = ''.join(c for i, c in enumerate(s) if i == 0 or c != s[i - 1])",
    run: (s) => s.replace(/(.)\1+/g, '$1'),
  }),
  () => ({
    say: 'Put the digits, in their order, behind all other characters',
    python: "s = ''.join(c for c in s if not c.isdigit()) + ''.join(c for c in s if c.isdigit())",
    run: (s) => s.replace(/\d/g, '') + s.replace(/\D/g, ''),
  }),
  () => ({
    say: 'Reverse the order of the words, where words are what stands between spaces, and join them by single spaces',
    python: "s = ' '.join(s.split(' ')[::-1])",
    run: (s) => s.split(' ').reverse().join(' '),
  }),
  (random) => {
    const k = random.int(2, 4)
    return {
      say: `Keep only the characters at positions 0, ${k}, ${2 * k} and so on, counted from 0`,
      python: `s = s[::${k}]`,
      run: (s) => [...s].filter((_, i) => i % k === 0).join(''),
    }
  },
]

/** How many simple and how many harder steps a level has. */
const mixes = [
  [1, 0],
  [2, 0],
  [2, 1],
  [2, 2],
  [3, 3],
  [3, 5],
] as const

export const stringRules = codeFamily({
  id: 'string-rules',
  levels: mixes.length,
  describe: 'a function that rewrites a text by one up to eight rules',
  draft(level, random): CodeDraft {
    const [few, more] = mixes[level] as (typeof mixes)[number]
    const text = (length: number) => Array.from({ length }, () => random.pick([...characters])).join('')
    const words = () =>
      Array.from({ length: random.int(2, 4) }, () => text(random.int(2, 6)).replace(/[ ]/g, 'o')).join(' ')
    const inputs = [words(), '', 'a', `aabbb  cc11 ${letters}`, words(), words(), words(), text(12), text(20)]
    const steps = drawSteps(
      () => {
        const chosen = [...random.shuffle(simple).slice(0, few), ...random.shuffle(harder).slice(0, more)]
        return random.shuffle(chosen).map((make) => make(random))
      },
      { inputs, least: 4 },
    )
    return transformDraft({
      entryPoint: 'rewrite',
      parameter: 's',
      given: 'A text of ASCII characters',
      result: 'the text',
      steps,
      inputs,
      skills: ['strings'],
      damaged: 's[:-1]',
    })
  },
})
