import { WrongUsage } from './wrong-usage.ts'

/** @throws {WrongUsage} none was given */
export function reasonIn({ reason = '' }: { reason?: string | undefined }): string {
  if (reason.trim() === '') throw new WrongUsage('--reason: why, for whoever reads the log.')
  return reason.trim()
}
