/** The statuses a declared refusal may travel with. Not signed in (401), not permitted (403) and not found (404) are the platform's own. */
export type RefusalStatus = 400 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 423 | 429

/** Something a person may run into, declared once: its code is the key of its sentence (`refusals.<code>` in the messages). */
export type Refusal<Code extends string = string> = { readonly code: Code; readonly status: RefusalStatus }

/**
 * Declares a refusal.
 *
 * @example export const clientChanged = refusal('client_changed', 409)
 */
export function refusal<const Code extends string>(code: Code, status: RefusalStatus = 409): Refusal<Code> {
  return { code, status }
}

/** What every endpoint may answer without declaring it; the platform alone raises these. */
export const platformRefusals = {
  input_invalid: 400,
  signed_out: 401,
  forbidden: 403,
  origin_refused: 403,
  step_up_required: 403,
  /** Whoever stands in for a member asked to look only: the database refused the change. */
  impersonation_read_only: 403,
  /** Nobody does this in another's name. */
  impersonation_limited: 403,
  /** It ended: by hand, by time, or by somebody's word. The browser has still its cookie. */
  impersonation_over: 401,
  /** The staff session sleeps while its owner stands in for a member; `details` says for which impersonation. */
  session_asleep: 409,
  not_found: 404,
  /** The browser went to another practice in another window: what this one shows is not where its session is. */
  practice_switched: 409,
  body_too_large: 413,
  media_type_unsupported: 415,
  host_unknown: 421,
  too_many_requests: 429,
  headers_too_large: 431,
  internal: 500,
  unavailable: 503,
  /** Suspended by the vendor. */
  tenant_suspended: 403,
  /** The cluster that holds the practice's database does not answer. */
  tenant_unreachable: 503,
  /** It is being moved: reading goes on, what would be written now would be lost. */
  tenant_read_only: 503,
  /** Its schema is older or newer than what this server serves. */
  tenant_updating: 503,
} as const

export type PlatformRefusalCode = keyof typeof platformRefusals

/** One wrong field: where it stood, its path (`email`, `lines.0.quantity`), a code, and a sentence in the reader's language. */
export type FieldProblem = {
  in: 'params' | 'query' | 'body' | 'headers'
  path: string
  code: string
  message: string
}

/** The body of every answer that is not a success. */
export type ErrorBody = {
  error: {
    code: string
    message: string
    fields?: FieldProblem[]
    details?: unknown
    requestId: string
  }
}
