import type { Clock } from '../clock.ts'
import type { CentralDb } from '../db.ts'
import type { Whisper } from '../news.ts'
import type { Actor, MemberActor, Recorded, RequestFacts } from '../requests.ts'
import type { Sentences } from '../sentences.ts'
import type { TenantDatabases, TenantDb } from '../tenant-db.ts'

/** Whoever stands before one of the two doors. */
export type Asker = Actor | MemberActor

/** What a line of the audit log is made of. */
export type Told = { verb: string; line: Recorded; actor: Asker | null; request: RequestFacts }

/** The platform's strangers, handed over by the app: who asks, and how an audit line is written. */
export type Strangers = {
  /** @param how passive: a page that only listens, which is no use of the session */
  whoAsks(request: RequestFacts, how?: { passive: boolean }): Promise<Actor | null>
  /**
   * The same at the practices' door, where `request.cookies` are the members'.
   * Null too for whoever left the practice; where it is suspended, null or Platform(tenant_suspended) thrown.
   */
  whichMember(request: RequestFacts, how?: { passive: boolean }): Promise<MemberActor | null>
  /** Where nobody asks at the practices' door: whose practice it was, if an access that ended is the reason. */
  practiceLost?(request: RequestFacts): Promise<string | null>
  /** Gives the session another token, the old one dies; null when somebody else did so meanwhile. */
  rotate(actor: Actor, request: RequestFacts): Promise<{ token: string; maxAgeSeconds: number } | null>
  /** What was done, and the news of it for other screens, told as one: it is the last question of every write. */
  writeDown(db: CentralDb, entry: Told & { news: readonly Whisper[] }): Promise<void>
  /** Somebody looked at what is sensitive; the same look again within a while leaves no second line. */
  writeDownLook(db: CentralDb, entry: Told & { actor: Asker }): Promise<void>
  /** The same of whoever stands in for a member: what they saw, each time. */
  writeDownSeen(db: CentralDb, entry: Told & { actor: Asker }): Promise<void>
  /** Somebody was refused: by a missing permission, or by a rule of the trade. */
  writeDownRefusal(db: CentralDb, entry: Told & { actor: Asker; code: string }): Promise<void>
  /** A member's write in their practice's database: intent, change and outcome (decision 9). */
  perform: Perform
}

/** @param told what is about to be done; the news of it is told with the outcome */
export type Perform = <Result>(
  told: Told & { actor: MemberActor; news: readonly Whisper[] },
  work: (db: TenantDb) => Promise<{ before?: unknown; after?: unknown; result: Result }>,
) => Promise<Result>

export type Mounting = {
  db: CentralDb
  /** The practices' databases, for members' endpoints. */
  tenants: Pick<TenantDatabases, 'reading' | 'within'>
  clock: Clock
  strangers: Strangers
  sentences: Sentences
  /** Which permission hears of a topic; `signed_in`: only whoever makes the change does, it concerns nobody else. */
  topics: Readonly<Record<string, string>>
  checkOutput: boolean
  secureCookies: boolean
  uploadFolder: string
}
