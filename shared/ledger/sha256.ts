const ROUNDS = 64
const BLOCK = 64

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4). */
const K = fractionsOf(ROUNDS, Math.cbrt)
/** And of the square roots of the first eight. */
const START = fractionsOf(8, Math.sqrt)

const words = new Int32Array(ROUNDS)
const tail = new Uint8Array(2 * BLOCK)
const tailView = new DataView(tail.buffer)
const state = new Int32Array(8)

/** SHA-256 at once, in browsers too: Web Crypto answers later, which for a million small things is minutes. */
export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  state.set(START)
  const whole = bytes.length - (bytes.length % BLOCK)
  for (let at = 0; at < whole; at += BLOCK) mix(bytes, at)
  const length = padTail(bytes, whole)
  for (let at = 0; at < length; at += BLOCK) mix(tail, at)
  return bigEndian()
}

/** What remains of the bytes, a one, zeros, and how many bits there were; answers how many bytes that is. */
function padTail(bytes: Uint8Array, from: number): number {
  const rest = bytes.length - from
  const length = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK
  tail.fill(0)
  tail.set(bytes.subarray(from))
  tail[rest] = 0x80
  tailView.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29))
  tailView.setUint32(length - 4, (bytes.length * 8) >>> 0)
  return length
}

function mix(bytes: Uint8Array, at: number): void {
  schedule(bytes, at)
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let i = 0; i < ROUNDS; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + K[i]! + words[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}

function schedule(bytes: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++, at += 4) {
    words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
  }
  for (let i = 16; i < ROUNDS; i++) {
    const x = words[i - 15]!
    const y = words[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0
  }
}

function bigEndian(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(32)
  for (let i = 0; i < 8; i++) {
    const word = state[i]!
    bytes[i * 4] = word >>> 24
    bytes[i * 4 + 1] = word >>> 16
    bytes[i * 4 + 2] = word >>> 8
    bytes[i * 4 + 3] = word
  }
  return bytes
}

function fractionsOf(count: number, root: (n: number) => number): Int32Array {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) {
    if (isPrime(n)) found.push((root(n) % 1) * 2 ** 32)
  }
  return Int32Array.from(found, (fraction) => Math.floor(fraction) | 0)
}

function isPrime(n: number): boolean {
  for (let by = 2; by * by <= n; by++) if (n % by === 0) return false
  return true
}
