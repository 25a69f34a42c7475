const configFile = /\.(ya?ml|json|[mc]?[jt]s)$/
/** Options without a value: the word after one of them is a configuration file. */
const alone = new Set(['--dry-run', '--json', '--no-strict', '--strict', '--help', '-h'])

/** The words that are neither options nor the values of one; `--set` takes every word up to the next option. */
function ownWords(args) {
  let option
  return args.filter((arg) => {
    if (arg.startsWith('-')) {
      option = alone.has(arg) || arg.includes('=') ? undefined : arg
      return false
    }
    const isValue = option !== undefined
    if (option !== '--set') option = undefined
    return !isValue
  })
}

/**
 * The arguments of `assay` for `npm start -- ARGS`. Pure.
 * Neither sets nor a configuration: the start configuration. Own sets without a model: the local one.
 */
export function startArguments(args, config) {
  const has = (name) => args.some((arg) => arg === name || arg.startsWith(`${name}=`))
  const named = ownWords(args).some((word) => configFile.test(word))
  const rest = [...args]
  if (!has('--out') && !has('--help') && !has('-h')) rest.push('--out', 'runs/start')
  if (named) return ['run', ...rest]
  if (has('--set')) return ['run', ...rest, ...(has('--model') ? [] : ['--model', 'local'])]
  return ['run', config, ...rest]
}
