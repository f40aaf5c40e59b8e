/**
 * The key of a survey: ticket (16 bytes) ‖ until when, in seconds (4) ‖ the first half of their MAC (16), as base64url.
 * Nothing is stored of it, and it opens nothing but the rating of that ticket.
 */
import { timingSafeEqual } from 'node:crypto'
import type { Vault } from '#platform/server/vault.ts'

export type SurveyLink = { ticketId: string; expiresAt: Date }

const purpose = 'ticket survey'
const headBytes = 20
const macBytes = 16

export function surveyToken(vault: Vault, { ticketId, expiresAt }: SurveyLink): string {
  const head = Buffer.alloc(headBytes)
  head.write(ticketId.replaceAll('-', ''), 'hex')
  head.writeUInt32BE(Math.floor(expiresAt.getTime() / 1_000), 16)
  return Buffer.concat([head, vault.mac(head, purpose).subarray(0, macBytes)]).toString('base64url')
}

/** @returns null where it was not given by us, or is over */
export function readSurveyToken(vault: Vault, token: string, now: Date): SurveyLink | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== headBytes + macBytes) return null
  const head = bytes.subarray(0, headBytes)
  const mac = vault.mac(head, purpose).subarray(0, macBytes)
  if (!timingSafeEqual(bytes.subarray(headBytes), mac)) return null
  const expiresAt = new Date(head.readUInt32BE(16) * 1_000)
  if (expiresAt <= now) return null
  const hex = head.toString('hex', 0, 16)
  const ticketId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { ticketId, expiresAt }
}
