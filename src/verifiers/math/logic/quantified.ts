/** Formulas with quantifiers: only their spelling, with the bound names numbered in the order they are bound. */

const maxChars = 600
const quantifier = /\\forall(?![A-Za-z])|\\exists(?![A-Za-z])|[∀∃]/g

const spellings: ReadonlyArray<readonly [RegExp, string]> = [
  [/\\forall(?![A-Za-z])/g, '∀'],
  [/\\exists(?![A-Za-z])/g, '∃'],
  [/\\(?:neg|lnot)(?![A-Za-z])|[~!]/g, '¬'],
  [/\\(?:land|wedge)(?![A-Za-z])|&&?/g, '∧'],
  [/\\(?:lor|vee)(?![A-Za-z])/g, '∨'],
  [/\\(?:to|[rR]ightarrow|[lL]ongrightarrow|implies)(?![A-Za-z])|[⇒⟹]|[-=]+>/g, '→'],
  [/\\(?:[lL]eftrightarrow|iff)(?![A-Za-z])|⇔/g, '↔'],
  [/\\in(?![A-Za-z])/g, '∈'],
  [/\\(?:leq?|leqslant)(?![A-Za-z])|<=/g, '≤'],
  [/\\(?:geq?|geqslant)(?![A-Za-z])|>=/g, '≥'],
  [/\\(?:neq?)(?![A-Za-z])|!=/g, '≠'],
  [/ℝ/g, 'R'],
  [/ℕ/g, 'N'],
  [/ℤ/g, 'Z'],
  [/\\(?:text|mathrm|mathbb|mathbf|left|right|operatorname)(?![A-Za-z])\.?|\\[,;:! ]|\\q?quad(?![A-Za-z])/g, ''],
  [/[{}\s.,:]/g, ''],
]

/** Undefined when there is no quantifier before a name. */
export function quantified(text: string): string | undefined {
  quantifier.lastIndex = 0
  if (text.length > maxChars || !quantifier.test(text)) return undefined
  // `!=` is a sign of its own, so the spellings of relations come before the negation.
  const ordered = [...spellings.filter(([, by]) => '≤≥≠'.includes(by) && by !== ''), ...spellings]
  const plain = ordered.reduce((line, [pattern, by]) => line.replace(pattern, by), text)
  const bound = new Map<string, string>()
  for (const match of plain.matchAll(/[∀∃][!¬]?([A-Za-z])/g)) {
    const name = match[1] as string
    // One name bound twice would need its scopes.
    if (bound.has(name)) return undefined
    bound.set(name, `#${bound.size + 1}`)
  }
  // A command that is left would hide the names behind it.
  if (bound.size === 0 || plain.includes('\\')) return undefined
  return plain.replace(/[A-Za-z]/g, (letter) => bound.get(letter) ?? letter)
}
