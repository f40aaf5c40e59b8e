/** What stands between a draft and its number: each finding names the rule, where it comes from, and the field that mends it. */
import { z } from 'zod'

/** An error keeps a document from being numbered; a warning is worth a look. */
export const FindingSeverity = z.enum(['error', 'warning'])

export const Finding = z.object({
  /** Key of its sentences: `billing.finding.<rule>` says what is wrong, `billing.finding.<rule>.mend` what to do. */
  rule: z.string(),
  severity: FindingSeverity,
  /**
   * What mends it, as a path into the draft, the client's billing profile or the settings: `lines.3.vatBasisPoints`,
   * `profile.siren`, `settings.bank`, `issuedOn`.
   */
  field: z.string(),
  /** The article, and the rule of the exchange formats where there is one: `CGI ann. II art. 242 nonies A, I-12° · BR-E-10`. */
  reference: z.string(),
  /** For the sentences. */
  values: z.record(z.string(), z.string()),
})
export type Finding = z.infer<typeof Finding>

export const keepsFromIssuing = (findings: readonly Finding[]) =>
  findings.some(({ severity }) => severity === 'error')
