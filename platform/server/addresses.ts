import ipaddr from 'ipaddr.js'

export type Address = ipaddr.IPv4 | ipaddr.IPv6

/**
 * Reads an address as PostgreSQL and people would: four decimals, or IPv6 in any spelling. A zone is dropped, an
 * IPv4-mapped address is its IPv4 one.
 * @returns null for what is none
 */
export function readAddress(text: string): Address | null {
  // The library also reads `1`, `0x7f.1` and `010.0.0.1`, which other programs read otherwise.
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  const [address = ''] = text.split('%')
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return null
  const six = ipaddr.IPv6.parse(address)
  return six.isIPv4MappedAddress() ? six.toIPv4Address() : six
}

/**
 * Where a request comes from, in one spelling.
 * @param said the nearest address that is no listed proxy, as the connection or a proxy's header has it; some proxies
 * add a port
 * @param peer who the connection is with: counts when the proxy said nothing one can read
 */
export function clientAddress(said: string, peer: string | undefined): string {
  const [, six, four] = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/.exec(said) ?? []
  return (readAddress(six ?? four ?? said) ?? readAddress(peer ?? ''))?.toString() ?? '::'
}
