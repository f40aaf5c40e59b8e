import type { ErrorBody, FieldProblem } from '#platform/contract/refusal.ts'

/** Whatever kept a call from succeeding. Status 0 means that the server was not reached. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly fields: readonly FieldProblem[]
  readonly details: unknown
  readonly requestId: string | null
  /** Seconds to wait before another try can succeed, where the server says so. */
  readonly retryAfter: number | null

  constructor(status: number, error: Partial<ErrorBody['error']>, retryAfter: number | null = null) {
    super(error.message ?? '')
    this.name = 'ApiError'
    this.status = status
    this.code = error.code ?? (status === 0 ? 'offline' : 'internal')
    this.fields = error.fields ?? []
    this.details = error.details
    this.requestId = error.requestId ?? null
    this.retryAfter = retryAfter
  }
}

/** The error a server's answer carries, also when something in between answered for it. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null)
  const error = isErrorBody(body) ? body.error : {}
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return new ApiError(response.status, error, Number.isFinite(seconds) ? seconds : null)
}

function isErrorBody(body: unknown): body is ErrorBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    'error' in body &&
    typeof body.error === 'object' &&
    body.error !== null
  )
}

/** The first problem of each field, by its path: `{ email: 'Adresse déjà connue' }`. */
export function problemsByField(error: unknown): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  if (error instanceof ApiError) for (const { path, message } of error.fields) problems[path] ??= message
  return problems
}
