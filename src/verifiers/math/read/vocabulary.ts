/** Words that the reader knows: functions, constants, Greek letters, connectives, units that stand without a mark. */
import { type FunctionName, functionNames } from '../tree/node.js'

const list = (text: string) => text.trim().split(/\s+/)

/** Spellings of functions; those of the tree under their own name too. */
export const functions = new Map<string, FunctionName>([
  ...functionNames.map((name) => [name, name] as const),
  ...(Object.entries({
    asin: 'arcsin',
    acos: 'arccos',
    atan: 'arctan',
    acot: 'arccot',
    asec: 'arcsec',
    acsc: 'arccsc',
    arctg: 'arctan',
    arcctg: 'arccot',
    tg: 'tan',
    ctg: 'cot',
    cotg: 'cot',
    cosec: 'csc',
    asinh: 'arsinh',
    acosh: 'arcosh',
    atanh: 'artanh',
    arcsinh: 'arsinh',
    arccosh: 'arcosh',
    arctanh: 'artanh',
    arsinh: 'arsinh',
    sign: 'sgn',
    signum: 'sgn',
    Abs: 'abs',
    ceiling: 'ceil',
    factorial2: 'doublefactorial',
    binom: 'binomial',
    comb: 'binomial',
    nCr: 'binomial',
    nPr: 'permutations',
    Mod: 'mod',
    Max: 'max',
    Min: 'min',
    Re: 're',
    Im: 'im',
    Arg: 'arg',
    conj: 'conjugate',
    GCD: 'gcd',
    LCM: 'lcm',
    hcf: 'gcd',
    Log: 'log',
    Ln: 'ln',
    lg: 'log',
    cbrt: 'root',
  }) as [string, FunctionName][]),
])

/** Functions written before their argument without brackets too, and with a power of their own: sin^2 x. */
export const prefixFunctions: ReadonlySet<FunctionName> = new Set<FunctionName>([
  ...(['sqrt', 'ln', 'log', 'exp', 'sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'arcsin', 'arccos', 'arctan'] as const),
  ...(['arccot', 'arcsec', 'arccsc', 'sinh', 'cosh', 'tanh', 'coth', 'sech', 'csch', 'arsinh', 'arcosh'] as const),
  ...(['artanh', 're', 'im', 'arg', 'sgn', 'abs', 'gcd', 'lcm', 'max', 'min'] as const),
])

/** Functions of an angle, in which `°` is a factor. */
export const angular: ReadonlySet<FunctionName> = new Set<FunctionName>(['sin', 'cos', 'tan', 'cot', 'sec', 'csc'])

export const inverses = new Map<FunctionName, FunctionName>(
  Object.entries({
    sin: 'arcsin',
    cos: 'arccos',
    tan: 'arctan',
    cot: 'arccot',
    sec: 'arcsec',
    csc: 'arccsc',
    sinh: 'arsinh',
    cosh: 'arcosh',
    tanh: 'artanh',
  }) as [FunctionName, FunctionName][],
)

export const constants = new Map<string, 'pi' | 'e' | 'i' | 'infinity'>(
  Object.entries({
    pi: 'pi',
    e: 'e',
    i: 'i',
    infty: 'infinity',
    infinity: 'infinity',
    Infinity: 'infinity',
    INFINITY: 'infinity',
    inf: 'infinity',
    oo: 'infinity',
  }),
)

export const greek = new Set(
  list(`alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi chi psi omega
  Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega Pi Upsilon ell hbar nabla aleph`),
)

export const connectives = new Set([
  'and',
  'or',
  'where',
  'for',
  'with',
  'if',
  'when',
  'such',
  'otherwise',
  'else',
  'xor',
  'unless',
  'iff',
  'implies',
  'provided',
  'assuming',
  'given',
  'whenever',
  'is',
  'are',
  'in',
])

/** Words of up to three letters that are no product of names. */
export const shortWords = new Set(
  list(`det cis or and not no yes if is are in an the all odd any one two six ten for mod as at be by do it its of on so to up we you
  DNE dne N/A NaN nan god per has can day men man men cat dog cow hen pig pen egg box bag way boy car cup pie red bus key toy
  ant bee fox jar can hat sum log try set map out new old big top few non XOR xor AND OR NOT iff red man aye nil zip low via
  but end ace AM PM USD EUR GBP INR CAD AUD BTU RPM rpm ppm
  Yes No Odd All The One Two Six Ten Not Or And If None`),
)

/** Units of two letters and more that stand behind a number without a mark around them. */
export const plainUnits = new Set(
  list(`cm mm km kg mg ml mL cL cl dL dl lb lbs ft oz hr hrs mph kph kmh kWh Hz kHz MHz GHz Pa kPa MPa atm mol kJ MJ kW MW GW
  eV keV MeV GeV rad rads deg yd yds gal psi min mins sec secs sq cu amp dB GB MB KB TB kB cal kcal Cal mmHg hp Wb bps rpm
  ppm USD EUR GBP AM PM am pm`),
)
/** The same, but only behind a blank: without one they are a product of names. */
export const spacedUnits = new Set(list('in nm pm dm mi ms ns us pt qt mV kV mA Ah Nm kN kC mC st au ly pc ct kt cc'))

/** Symbols of units of one letter, as they stand in quotients: m/s. */
export const unitSymbols = new Set(
  list('m s h g L l J N W V A K C T H min hr sec mol km cm mm ft mi kg mg ml mL lb yd in day'),
)
export const unitDivisors = new Set(list('s h m g L l K C min hr sec mol kg cm km lb gal day yr ft mL dL'))

/** Factors that words stand for. */
export const scales: ReadonlyMap<string, bigint> = new Map([
  ['hundred', 100n],
  ['thousand', 1_000n],
  ['million', 1_000_000n],
  ['billion', 1_000_000_000n],
  ['trillion', 1_000_000_000_000n],
  ['lakh', 100_000n],
  ['crore', 10_000_000n],
  ['dozen', 12n],
])

/** Money in front of the number, and its name behind it. */
export const moneySigns: ReadonlyMap<string, string> = new Map([
  ['\\$', 'dollar'],
  ['€', 'euro'],
  ['£', 'GBP'],
  ['¥', 'yen'],
  ['₹', 'rupee'],
  ['₩', 'won'],
  ['₽', 'ruble'],
  ['₺', 'lira'],
  ['₪', 'shekel'],
  ['₱', 'PHP'],
  ['¢', 'cent'],
])
export const moneyCodes: ReadonlyMap<string, string> = new Map([
  ...list('USD EUR GBP INR CAD AUD JPY CNY RMB CHF NZD HKD SGD MXN BRL SEK NOK ZAR KRW PHP RUB').map(
    (code) => [code, code] as const,
  ),
  ['Rs', 'rupee'],
])
