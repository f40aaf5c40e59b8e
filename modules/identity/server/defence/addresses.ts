/** How addresses are counted: whoever holds one address of a network can take any other in it. */
import ipaddr from 'ipaddr.js'

export type Buckets = {
  /** What one subscriber holds: an IPv4 address, or an IPv6 /64. Canonical CIDR text. */
  bucket: string
  /** What one site may hold: the IPv6 /48 around it; null for IPv4. */
  site: string | null
}

/**
 * @param ip as a request says it: zone, spelling and case do not matter
 * @returns what it counts for. What is no address counts for `::/128`, all such together
 */
export function bucketsOf(ip: string): Buckets {
  const address = readAddress(ip)
  if (!address) return { bucket: '::/128', site: null }
  if (address.kind() === 'ipv4') return { bucket: `${address.toString()}/32`, site: null }
  return { bucket: networkOf(address, 64), site: networkOf(address, 48) }
}

/** The address itself in its canonical spelling, an IPv4 one where it stands for one; null when it is none. */
export function plainAddress(ip: string): string | null {
  return readAddress(ip)?.toString() ?? null
}

function readAddress(ip: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  // The library also reads `1`, `0x7f.1` and `010.0.0.1`, which other programs read otherwise.
  if (ipaddr.IPv4.isValidFourPartDecimal(ip)) return ipaddr.IPv4.parse(ip)
  const [address = ''] = ip.split('%')
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return null
  const six = ipaddr.IPv6.parse(address)
  return embeddedIPv4(six) ?? six
}

/**
 * The IPv4 address an IPv6 one was made from. Counted as IPv6, translators would put all of IPv4 into one /64, and who
 * holds one IPv4 address would hold 65,536 networks (6to4).
 */
function embeddedIPv4(six: ipaddr.IPv6): ipaddr.IPv4 | null {
  const bytes = six.toByteArray()
  const four = (at: number, mask = 0) => new ipaddr.IPv4(bytes.slice(at, at + 4).map((byte) => byte ^ mask))
  switch (six.range()) {
    case 'ipv4Mapped': // ::ffff:0:0/96, RFC 4291
    case 'rfc6145': // ::ffff:0:0:0/96, RFC 2765 and 7915
      return four(12)
    case 'rfc6052': // 64:ff9b::/96
      return four(12)
    case '6to4': // 2002::/16, RFC 3056
      return four(2)
    case 'teredo': // 2001::/32, RFC 4380: the client's address, each bit turned
      return four(12, 0xff)
    default:
      return null
  }
}

function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6, prefix: number): string {
  const bytes = address.toByteArray().map((byte, at) => (at < prefix / 8 ? byte : 0))
  // The RFC 5952 spelling is also PostgreSQL's: what is counted, stored and shown reads the same.
  return `${new ipaddr.IPv6(bytes).toRFC5952String()}/${prefix}`
}
