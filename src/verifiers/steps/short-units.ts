/** Symbols that stand right behind a number and are no names: `5kg`, `3rd`. */
const symbols = new Set(
  (
    'th st nd rd ths rds am pm kg mg km cm mm dm nm ml cl dl lb lbs oz ft in yd yds mi hr hrs min sec s ms mph kph kb mb gb tb ' +
    'kw kwh gal pt qt pts bps cc sq cal pcs pc usd px dpi hz rpm psi k m bn'
  ).split(' '),
)

export const isUnitSymbol = (text: string) => symbols.has(text.toLowerCase())
