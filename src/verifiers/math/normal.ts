/** Spellings that mean the same, made one: LaTeX spacing and sizing, Unicode signs, delimiters around the whole. */

const symbols: ReadonlyArray<readonly [RegExp, string]> = [
  [/[−–—‒]/g, '-'],
  [/[×✕]/g, '\\times '],
  [/[·⋅∙]/g, '\\cdot '],
  [/÷/g, '\\div '],
  [/π/g, '\\pi '],
  [/∞/g, '\\infty '],
  [/±/g, '\\pm '],
  [/∓/g, '\\mp '],
  [/√\s*(\d+|[a-z]\b)/g, '\\sqrt{$1}'],
  [/√/g, '\\sqrt'],
  [/≤/g, '\\le '],
  [/≥/g, '\\ge '],
  [/≠/g, '\\ne '],
  [/∪/g, '\\cup '],
  [/∅/g, '\\emptyset '],
  [/²/g, '^2'],
  [/³/g, '^3'],
  [/½/g, '\\frac{1}{2}'],
  [/⟨/g, '\\langle '],
  [/⟩/g, '\\rangle '],
  [/º/g, '°'],
]

const latex: ReadonlyArray<readonly [RegExp, string]> = [
  [/\\(?:left|right|bigl?|bigr|Bigl?|Bigr|biggl?|biggr|Biggl?|Biggr|middle)(?![A-Za-z])\.?/g, ''],
  [/\\(?:displaystyle|textstyle|limits|nolimits|quad|qquad|hspace\{[^}]*\}|hfill|strut)(?![A-Za-z])/g, ' '],
  [/(?<!\\)\\[,;:! ]|~|\\\\$/g, ' '],
  [/\{([,:])\}/g, '$1'],
  [/\\[dtc]frac(?![A-Za-z])/g, '\\frac'],
  [/\\[dt]binom(?![A-Za-z])/g, '\\binom'],
  [/\\(?:leq|leqslant)(?![A-Za-z])/g, '\\le '],
  [/\\(?:geq|geqslant)(?![A-Za-z])/g, '\\ge '],
  [/\\neq(?![A-Za-z])|(?<=\s)!=(?=\s)/g, '\\ne '],
  [/<=/g, '\\le '],
  [/>=/g, '\\ge '],
  [/\\lt(?![A-Za-z])/g, '<'],
  [/\\gt(?![A-Za-z])/g, '>'],
  [/\\(?:lbrace|\{)(?![A-Za-z])/g, '\\{'],
  [/\\(?:varnothing|O\b)/g, '\\emptyset '],
  [/\\(?:colon)(?![A-Za-z])/g, ':'],
  [/\\ast(?![A-Za-z])/g, '*'],
  [/\\operatorname\*?\{([a-z]+)\}/g, '\\$1 '],
  [/\\mathrm\{(d|e|i|gcd|lcm|sin|cos|tan|ln|log)\}/g, '$1'],
]

/** The text without delimiters of mathematics around it, boxes included. */
export function undelimited(text: string): string {
  let inner = text.trim()
  for (let turn = 0; turn < 6; turn++) {
    const before = inner
    inner = inner.replace(/^\\(?:boxed|fbox)\s*\{([\s\S]*)\}$/, (whole, body: string) =>
      balanced(body) ? body : whole,
    )
    inner = inner.replace(/^\$\$([^$]*)\$\$$|^\$([^$]*)\$$/, (_, a?: string, b?: string) => a ?? b ?? '')
    inner = inner.replace(/^\\\(([\s\S]*)\\\)$|^\\\[([\s\S]*)\\\]$/, (_, a?: string, b?: string) => a ?? b ?? '')
    inner = inner.replace(/^\*\*([^*]+)\*\*$/, '$1').trim()
    if (inner === before) break
  }
  return inner
}

/** One spelling of an answer. Text commands are left for the caller. */
export function normalForm(text: string): string {
  let inner = undelimited(text)
  for (const [pattern, by] of symbols) inner = inner.replace(pattern, by)
  for (const [pattern, by] of latex) inner = inner.replace(pattern, by)
  inner = inner.trim().replace(/\s+/g, ' ')
  // A full stop ends a sentence, also behind a number.
  inner = inner.replace(/[.,;!?]+$/, (end) => (end.startsWith('!') ? end.replace(/[.,;?]/g, '') : '')).trim()
  return groupsRemoved(inner)
}

/** 12,345 is one number where no bracket is open. */
function groupsRemoved(text: string): string {
  let depth = 0
  let result = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    if ('([{'.includes(char)) depth++
    if (')]}'.includes(char)) depth--
    if (depth <= 0 && /\d/.test(char) && !/[\d.]/.test(text[i - 1] ?? '')) {
      const match = /^\d{1,3}(?:,\d{3})+(?![\d,])/.exec(text.slice(i, i + 60))
      if (match) {
        result += match[0].replaceAll(',', '')
        i += match[0].length - 1
        continue
      }
    }
    result += char
  }
  return result
}

export function balanced(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '{') depth++
    else if (text[i] === '}' && --depth < 0) return false
  }
  return depth === 0
}

/** Text commands replaced by their words. */
export const unwrapped = (text: string) =>
  text.replace(
    /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|mbox|operatorname|textnormal)\s*\{([^{}]*)\}/g,
    ' $1 ',
  )

/** Plain words rather than letters that stand for numbers: marked as text, or words that mathematics does not write. */
export const isWords = (text: string) =>
  /^\\(?:text|textbf|mbox|textrm|mathrm)\s*\{[^{}]*[A-Za-z]{2}[^{}]*\}$/.test(text) ||
  /^(?:yes|no|true|false|odd|even|none|both|neither|dne|undefined|always|never|sometimes)$/i.test(text)

/** Words to compare: lower case, no marks, no article. */
export const wordsOf = (text: string) =>
  unwrapped(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim()
    .replace(/^(?:an?|the) /, '')
