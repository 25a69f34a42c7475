/** LaTeX commands that say nothing about the value, and the one name for those that have several. */

/** Layout: left out. */
export const dropped = new Set(
  `displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits hfill hfil strut mathstrut noindent centering
  protect mathord mathbin mathrel mathop mathopen mathclose mathpunct mathinner ensuremath underline boxed fbox framebox
  hbox nobreak allowbreak nonumber notag normalsize small large Large LARGE huge Huge tiny therefore
  bf rm it sf tt bold`.split(/\s+/),
)

/** Layout with an argument: left out together with it. */
export const droppedWithArgument = new Set(
  'textcolor colorbox hspace vspace phantom hphantom vphantom color tag label ref eqref mspace hskip kern style'.split(
    ' ',
  ),
)

/** Sizes of brackets: the bracket behind them stays. `true`: it opens. */
export const sizes = new Map<string, 'open' | 'close' | 'either'>([
  ...['left', 'bigl', 'Bigl', 'biggl', 'Biggl'].map((name) => [name, 'open'] as const),
  ...['right', 'bigr', 'Bigr', 'biggr', 'Biggr'].map((name) => [name, 'close'] as const),
  ...['big', 'Big', 'bigg', 'Bigg', 'bigm', 'Bigm', 'biggm', 'Biggm', 'middle'].map(
    (name) => [name, 'either'] as const,
  ),
])

export const renamed = new Map<string, string>(
  Object.entries({
    dfrac: 'frac',
    tfrac: 'frac',
    cfrac: 'frac',
    sfrac: 'frac',
    nicefrac: 'frac',
    dbinom: 'binom',
    tbinom: 'binom',
    leq: 'le',
    leqslant: 'le',
    leqq: 'le',
    geq: 'ge',
    geqslant: 'ge',
    geqq: 'ge',
    neq: 'ne',
    varnothing: 'emptyset',
    oslash: 'emptyset',
    lbrace: '{',
    rbrace: '}',
    bullet: 'cdot',
    ast: 'cdot',
    dots: 'ldots',
    cdots: 'ldots',
    dotsc: 'ldots',
    dotsb: 'ldots',
    vdots: 'ldots',
    rightarrow: 'to',
    longrightarrow: 'to',
    Rightarrow: 'implies',
    Longrightarrow: 'implies',
    Leftrightarrow: 'iff',
    Longleftrightarrow: 'iff',
    longleftrightarrow: 'leftrightarrow',
    wedge: 'land',
    vee: 'lor',
    lnot: 'neg',
    smallsetminus: 'setminus',
    backslash: 'setminus',
    qquad: 'quad',
    degree: 'circ',
    simeq: 'approx',
    cong: 'approx',
    thickapprox: 'approx',
    R: 'mathbb{R}',
    Z: 'mathbb{Z}',
    N: 'mathbb{N}',
    Q: 'mathbb{Q}',
    C: 'mathbb{C}',
    reals: 'mathbb{R}',
    Reals: 'mathbb{R}',
    Bbb: 'mathbb',
    varepsilon: 'epsilon',
    vartheta: 'theta',
    varphi: 'phi',
    varrho: 'rho',
    varsigma: 'sigma',
    imath: 'i',
    jmath: 'j',
  }),
)

/** Commands around plain words. */
export const wordCommands = new Set(
  `text textbf textit textrm textsf texttt textnormal textsc textup textmd mbox mathrm operatorname emph mathup
  operatornamewithlimits mathnormal`.split(/\s+/),
)

/** Commands that set letters in another type and say no more. */
export const typefaces = new Set(
  'mathbf mathit mathsf mathtt mathcal mathscr mathfrak boldsymbol bm pmb symbf symbfit bold vec overrightarrow'.split(
    ' ',
  ),
)
