/** The oldest Node that every dependency runs on; package.json says the same in `engines`. */
const OLDEST = [20, 19]

/** What is wrong with this Node, in one line, or undefined. */
export function versionProblem(version) {
  const [major, minor] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined
  return `assay needs Node ${OLDEST.join('.')} or newer, this is ${version}\n  hint: install a newer one from https://nodejs.org or with your version manager (nvm install 20)`
}
