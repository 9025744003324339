import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Proxies before this server: so many, or those in these networks. */
export type TrustProxy = number | readonly string[]

/** Reads from which address a request comes. What a proxy says is believed only of a trusted one. */
export function addressReader(trust: TrustProxy): (req: IncomingMessage) => string {
  const isTrusted = trustIn(trust)
  return (req) => {
    const chain = [req.socket.remoteAddress ?? '', ...forwardedFor(req)]
    let at = 0
    while (at + 1 < chain.length && isIP(chain[at + 1]!) && isTrusted(chain[at]!, at)) at++
    return networkOf(chain[at]!)
  }
}

/** Nearest first. A port may stand behind an address. */
function forwardedFor({ headers }: IncomingMessage): string[] {
  const text = [headers['x-forwarded-for'] ?? []].flat().join()
  const addresses = text.split(',').map((one) => {
    const [, inBrackets, beforePort] = /^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(one.trim()) ?? []
    return inBrackets ?? beforePort ?? one.trim()
  })
  return addresses.reverse()
}

function trustIn(trust: TrustProxy): (address: string, at: number) => boolean {
  if (typeof trust === 'number') return (_, at) => at < trust
  const networks = new BlockList()
  for (const one of trust) {
    const { address, family, prefix } = networkIn(one)!
    networks.addSubnet(address, prefix, family)
  }
  return (address) => networks.check(bare(address), isIP(bare(address)) === 6 ? 'ipv6' : 'ipv4')
}

/** `10.0.0.0/8`, or an address alone. Undefined when it is neither. */
export function networkIn(text: string) {
  const [address = '', bits] = text.split('/')
  const version = isIP(address)
  if (version === 0) return undefined
  const whole = version === 6 ? 128 : 32
  const prefix = bits === undefined ? whole : Number(bits)
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > whole) return undefined
  return { address, prefix, family: version === 6 ? ('ipv6' as const) : ('ipv4' as const) }
}

/** An IPv4 address written as IPv6 is the same address. */
const bare = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

/** Who has an IPv6 address has 2^64 of them, so all count as one. */
function networkOf(address: string): string {
  const text = bare(address)
  if (isIP(text) !== 6) return text
  const [before = '', after] = text.replace(/%.*$/, '').split('::')
  const head = before === '' ? [] : before.split(':')
  const tail = after ? after.split(':') : []
  const zeros = after === undefined ? [] : Array<string>(8 - head.length - tail.length).fill('0')
  const groups = [...head, ...zeros, ...tail].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
