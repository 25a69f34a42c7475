const configFile = /\.(ya?ml|json|[mc]?[jt]s)$/
/** Options whose value is a file that might look like a configuration. */
const takesFile = new Set(['--out', '--model-file'])

/**
 * The arguments of `assay` for `npm start -- ARGS`. Pure.
 * Neither sets nor a configuration: the start configuration. Own sets without a model: the local one.
 */
export function startArguments(args, config) {
  const has = (name) => args.some((arg) => arg === name || arg.startsWith(`${name}=`))
  const named = args.some((arg, i) => !arg.startsWith('-') && configFile.test(arg) && !takesFile.has(args[i - 1]))
  const rest = [...args]
  if (!has('--out') && !has('--help') && !has('-h')) rest.push('--out', 'runs/start')
  if (named) return ['run', ...rest]
  if (has('--set')) return ['run', ...rest, ...(has('--model') ? [] : ['--model', 'local'])]
  return ['run', config, ...rest]
}
