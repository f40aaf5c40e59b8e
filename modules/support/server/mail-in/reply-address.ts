/**
 * The address answers to a ticket go to, `support+33-k7…@example.com`: it names the ticket, and proves that we made it. So an
 * answer finds its ticket though its program dropped every header that names what it answers.
 */
import { timingSafeEqual } from 'node:crypto'
import type { Vault } from '#platform/server/vault.ts'

/** 80 bits: nobody guesses them by sending mail. */
const proofBytes = 10
const purpose = 'reply address of a ticket'

/** As letters that no server changes: addresses come back in capitals, or without. */
const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** @param support the address people write to */
export function replyAddress(vault: Vault, support: string, number: number): string {
  const [local, domain] = parted(support)
  return `${local}+${number}-${lettersOf(proof(vault, number))}@${domain}`
}

/**
 * Which ticket these addresses name.
 * @returns `wrong` where one looks like ours and was not made here; an address that bears something else means nothing
 */
export function ticketInAddresses(
  vault: Vault,
  support: string,
  addresses: readonly string[],
): number | 'wrong' | undefined {
  const [local, domain] = parted(support.toLowerCase())
  let found: number | 'wrong' | undefined
  for (const address of addresses.map((one) => one.toLowerCase())) {
    if (!address.startsWith(`${local}+`) || !address.endsWith(`@${domain}`)) continue
    const [, digits, said] =
      /^(\d{1,9})-([a-z2-7]{16})$/.exec(address.slice(local.length + 1, -domain.length - 1)) ?? []
    if (digits === undefined || said === undefined) continue
    const number = Number(digits)
    // In the time that it takes for any: how much of it was right is told to nobody.
    const holds = timingSafeEqual(Buffer.from(said), Buffer.from(lettersOf(proof(vault, number))))
    if (holds) return number
    found = 'wrong'
  }
  return found
}

/** Whether it is the address people write to, with whatever stands behind a plus. */
export function isSupportAddress(support: string, address: string): boolean {
  const [local, domain] = parted(support.toLowerCase())
  const [said = '', where = ''] = parted(address.toLowerCase())
  return where === domain && (said === local || said.startsWith(`${local}+`))
}

const proof = (vault: Vault, number: number) =>
  vault.mac(Buffer.from(String(number)), purpose).subarray(0, proofBytes)

function parted(address: string): [string, string] {
  const at = address.lastIndexOf('@')
  return [address.slice(0, at), address.slice(at + 1)]
}

/** RFC 4648, section 6: five bits a letter, of which 80 leave none over. */
function lettersOf(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.replaceAll(/.{5}/g, (five) => letters.charAt(Number.parseInt(five, 2)))
}
