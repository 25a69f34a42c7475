/** Figures of a play against the oracle's in the same world and seed. */
import type { PlayFigures } from '../../schemas/simulation.js'
import type { Harvest } from './simulate.js'

const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0)

/** oracle: it harvested something. */
export function compareHarvests(own: Harvest, oracle: Harvest): PlayFigures {
  const half = oracle.useful / 2
  const halfwayAttempts = attemptsUntil(own, half) ?? 1.5 * Math.max(own.attempts, oracle.attempts)
  const [ownEntropy, oracleEntropy] = [entropy(own.byTopic), entropy(oracle.byTopic)]
  return {
    share: balancedShare(own.byTopic, oracle.byTopic),
    rootShare: rootSum(own.byTopic) ** 2 / rootSum(oracle.byTopic) ** 2,
    useful: own.useful,
    attempts: own.attempts,
    tokens: own.tokens,
    usefulPer1000Attempts: (1000 * own.useful) / own.attempts,
    usefulPerMtok: (1e6 * own.useful) / Math.max(1, own.tokens),
    halfwayAttempts,
    halfwayRatio: halfwayAttempts / (attemptsUntil(oracle, half) ?? oracle.attempts),
    entropyRatio: oracleEntropy === 0 ? 1 : ownEntropy / oracleEntropy,
  }
}

/** The headline. Mean over the topics that the oracle harvests of min(1, own / oracle): a surplus in one topic makes up for no other. */
export function balancedShare(own: readonly number[], oracle: readonly number[]): number {
  const shares = oracle.flatMap((most, topic) => (most > 0 ? [Math.min(1, (own[topic] as number) / most)] : []))
  return sum(shares) / shares.length
}

/** Many traces of one topic are worth less than some of each. */
const rootSum = (byTopic: readonly number[]): number => sum(byTopic.map(Math.sqrt))

function attemptsUntil({ draws }: Harvest, wanted: number): number | undefined {
  let useful = 0
  for (const draw of draws) {
    useful += draw.useful
    if (useful >= wanted) return draw.attempts
  }
  return undefined
}

/** Shannon entropy, nats. */
function entropy(byTopic: readonly number[]): number {
  const total = sum(byTopic)
  return sum(byTopic.map((one) => (one > 0 ? (one / total) * Math.log(total / one) : 0)))
}
