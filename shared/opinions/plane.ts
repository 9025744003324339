import { eigenOf } from './symmetric.ts'
import type { Votes } from './votes.ts'

/** Directions that are followed at once: two are wanted, the others make these come sooner. */
const BLOCK = 4
const ROUNDS = 40
/** Two rounds tell the same when the variances of both directions have changed by less than this share. */
const SETTLED = 1e-9

/** Where each voter stands on the plane on which voters lie furthest apart. */
export interface Plane {
  x: Float64Array
  y: Float64Array
}

/**
 * The first two principal components of the votes, of which each voter's count from the mean of the
 * statement and those not cast for the mean itself; who saw few statements is drawn outward by
 * √(statements ÷ votes), so as not to seem moderate (Small et al. 2021, “Polis: Scaling deliberation by
 * mapping high dimensional opinion spaces”). By simultaneous iteration with Rayleigh–Ritz steps
 * (Rutishauser 1969): no matrix is made, a round takes 2 · BLOCK steps a vote, and there are at most ROUNDS.
 */
export function planeOf(votes: Votes): Plane {
  const means = meansOf(votes)
  const [first, second] = directionsOf(votes, means)
  return { x: placesOn(votes, means, first!), y: placesOn(votes, means, second!) }
}

function meansOf({ statements, statementOf, values }: Votes): Float64Array {
  const sums = new Float64Array(statements)
  const seen = new Float64Array(statements)
  for (let at = 0; at < values.length; at++) {
    sums[statementOf[at]!]! += values[at]!
    seen[statementOf[at]!]!++
  }
  return sums.map((sum, statement) => (seen[statement]! > 0 ? sum / seen[statement]! : 0))
}

function directionsOf(votes: Votes, means: Float64Array): Float64Array[] {
  let block = orthonormal(startOf(votes.statements))
  let before = [0, 0]
  for (let round = 0; round < ROUNDS; round++) {
    const image = spreadOf(votes, means, block)
    const { values, vectors } = eigenOf(block.map((a) => image.map((b) => dot(a, b))))
    const now = values.slice(0, 2)
    const isSettled = now.every((value, i) => Math.abs(value - before[i]!) <= SETTLED * values[0]!)
    if (isSettled || round === ROUNDS - 1) {
      return vectors.slice(0, 2).map((weights) => turnedUp(mixed(block, weights)))
    }
    before = now
    block = orthonormal(vectors.map((weights) => mixed(image, weights)))
  }
  return block
}

/** Any directions do, if only none of them is right-angled to what is sought. */
function startOf(statements: number): Float64Array[] {
  return Array.from({ length: BLOCK }, (_, i) =>
    Float64Array.from({ length: statements }, (__, j) => Math.sin((i + 1) * (j + 1) * 1.61803)),
  )
}

/** The scatter matrix of the votes times each of the directions, of which there are BLOCK. */
function spreadOf(
  { voters, starts, statementOf, values }: Votes,
  means: Float64Array,
  block: readonly Float64Array[],
): Float64Array[] {
  const from = interleaved(block)
  const to = new Float64Array(from.length)
  for (let voter = 0; voter < voters; voter++) {
    const end = starts[voter + 1]!
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let at = starts[voter]!; at < end; at++) {
      const statement = statementOf[at]!
      const value = values[at]! - means[statement]!
      const place = BLOCK * statement
      a += value * from[place]!
      b += value * from[place + 1]!
      c += value * from[place + 2]!
      d += value * from[place + 3]!
    }
    for (let at = starts[voter]!; at < end; at++) {
      const statement = statementOf[at]!
      const value = values[at]! - means[statement]!
      const place = BLOCK * statement
      to[place]! += value * a
      to[place + 1]! += value * b
      to[place + 2]! += value * c
      to[place + 3]! += value * d
    }
  }
  return block.map((one, i) => one.map((_, j) => to[BLOCK * j + i]!))
}

function interleaved(block: readonly Float64Array[]): Float64Array {
  const flat = new Float64Array(BLOCK * block[0]!.length)
  for (const [i, one] of block.entries()) {
    for (let j = 0; j < one.length; j++) flat[BLOCK * j + i] = one[j]!
  }
  return flat
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

const mixed = (block: readonly Float64Array[], weights: readonly number[]): Float64Array =>
  block[0]!.map((_, j) => block.reduce((sum, one, i) => sum + weights[i]! * one[j]!, 0))

/** Gram–Schmidt, twice over; a direction of which nothing is left is nothing. */
function orthonormal(block: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = []
  for (const one of block) {
    const left = one.slice()
    const length = Math.sqrt(dot(left, left))
    for (const other of [...done, ...done]) {
      const share = dot(left, other)
      for (let j = 0; j < left.length; j++) left[j]! -= share * other[j]!
    }
    const rest = Math.sqrt(dot(left, left))
    done.push(rest > 1e-9 * length ? left.map((part) => part / rest) : left.fill(0))
  }
  return done
}

/** Of a direction and its opposite, the one in which most is agreed with. */
function turnedUp(direction: Float64Array): Float64Array {
  const largest = direction.reduce(
    (most, part) => (Math.abs(part) > Math.abs(most) ? part : most),
    0,
  )
  return largest < 0 ? direction.map((part) => -part) : direction
}

function placesOn(
  { voters, statements, starts, statementOf, values }: Votes,
  means: Float64Array,
  direction: Float64Array,
): Float64Array {
  return Float64Array.from({ length: voters }, (_, voter) => {
    let sum = 0
    for (let at = starts[voter]!; at < starts[voter + 1]!; at++) {
      sum += (values[at]! - means[statementOf[at]!]!) * direction[statementOf[at]!]!
    }
    const cast = starts[voter + 1]! - starts[voter]!
    return cast === 0 ? 0 : sum * Math.sqrt(statements / cast)
  })
}
