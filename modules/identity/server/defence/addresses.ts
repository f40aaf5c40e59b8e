/** How addresses are counted: whoever holds one address of a network can take any other in it. */
import ipaddr from 'ipaddr.js'
import { readAddress, type Address } from '#platform/server/addresses.ts'

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
  const read = readAddress(ip)
  if (!read) return { bucket: '::/128', site: null }
  const address = read instanceof ipaddr.IPv6 ? (embeddedIPv4(read) ?? read) : read
  if (address instanceof ipaddr.IPv4) return { bucket: `${address.toString()}/32`, site: null }
  return { bucket: networkOf(address, 64), site: networkOf(address, 48) }
}

/**
 * The IPv4 address an IPv6 one was made from. Counted as IPv6, translators would put all of IPv4 into one /64, and who
 * holds one IPv4 address would hold 65,536 networks (6to4).
 */
function embeddedIPv4(six: ipaddr.IPv6): ipaddr.IPv4 | null {
  const bytes = six.toByteArray()
  const four = (at: number, mask = 0) => new ipaddr.IPv4(bytes.slice(at, at + 4).map((byte) => byte ^ mask))
  switch (six.range()) {
    case 'rfc6145': // ::ffff:0:0:0/96, RFC 2765 and 7915
    case 'rfc6052': // 64:ff9b::/96 and 64:ff9b:1::/48 (RFC 8215)
      return four(12)
    case '6to4': // 2002::/16, RFC 3056
      return four(2)
    case 'teredo': // 2001::/32, RFC 4380: the client's address, each bit turned
      return four(12, 0xff)
    default:
      return null
  }
}

function networkOf(address: Address, prefix: number): string {
  const bytes = address.toByteArray().map((byte, at) => (at < prefix / 8 ? byte : 0))
  // The RFC 5952 spelling is also PostgreSQL's: what is counted, stored and shown reads the same.
  return `${new ipaddr.IPv6(bytes).toRFC5952String()}/${prefix}`
}

/** As people write it: an IPv4 bucket is an address, an IPv6 one a network. */
export const asWritten = (bucket: string): string => bucket.replace(/\/32$/, '')
