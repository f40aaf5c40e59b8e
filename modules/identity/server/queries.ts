import { sql, type Tables } from '#platform/server/db.ts'

type Db = Tables<'staffMembers' | 'staffSecondFactors' | 'staffSignIns' | 'staffSessions'>

export async function staffByEmail(db: Db, email: string) {
  return db
    .selectFrom('staffMembers')
    .leftJoin('staffSecondFactors', 'staffSecondFactors.staffId', 'staffMembers.id')
    .where('email', '=', email.toLowerCase())
    .select(['id', 'firstName', 'lastName', 'passwordHash', 'suspendedAt', 'enrolledAt'])
    .executeTakeFirst()
}

export async function insertStaff(
  db: Db,
  staff: { email: string; firstName: string; lastName: string; passwordHash: string; demonstration: boolean },
): Promise<string> {
  const { id } = await db.insertInto('staffMembers').values(staff).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function beginSignIn(
  db: Db,
  signIn: {
    tokenHash: Buffer
    staffId: string
    enrolmentSecretSealed: Buffer | null
    expiresAt: Date
    now: Date
  },
) {
  const { now, ...row } = signIn
  await db.deleteFrom('staffSignIns').where('expiresAt', '<', now).execute()
  await db.insertInto('staffSignIns').values(row).execute()
}

/** The started sign-in, locked: two second steps at once take turns. */
export async function startedSignIn(db: Db, tokenHash: Buffer, now: Date) {
  return db
    .selectFrom('staffSignIns')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffSignIns.staffId')
    .leftJoin('staffSecondFactors', 'staffSecondFactors.staffId', 'staffMembers.id')
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .where('suspendedAt', 'is', null)
    .select(['staffMembers.id as staffId', 'firstName', 'lastName', 'enrolmentSecretSealed', 'secretSealed'])
    .forUpdate('staffSignIns')
    .executeTakeFirst()
}

export async function endSignIn(db: Db, tokenHash: Buffer) {
  await db.deleteFrom('staffSignIns').where('tokenHash', '=', tokenHash).execute()
}

/** False when the account has one already: of two browsers that enrol at once, one does. */
export async function enrolSecondFactor(
  db: Db,
  factor: { staffId: string; secretSealed: Buffer; lastStep: number },
): Promise<boolean> {
  const enrolled = await db
    .insertInto('staffSecondFactors')
    .values(factor)
    .onConflict((conflict) => conflict.column('staffId').doNothing())
    .executeTakeFirst()
  return (enrolled.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Takes a code's step once and for all; false when it or a later one was taken before. */
export async function takeStep(db: Db, staffId: string, step: number): Promise<boolean> {
  const taken = await db
    .updateTable('staffSecondFactors')
    .set({ lastStep: step })
    .where('staffId', '=', staffId)
    .where((eb) => eb.or([eb('lastStep', 'is', null), eb('lastStep', '<', step)]))
    .executeTakeFirst()
  return taken.numUpdatedRows > 0n
}

/** The only place where a session begins: called by the second factor and by nothing else. */
export async function insertSession(
  db: Db,
  session: {
    staffId: string
    tokenHash: Buffer
    createdAt: Date
    expiresAt: Date
    ip: string
    userAgent: string
  },
): Promise<string> {
  const { id } = await db
    .insertInto('staffSessions')
    .values({ ...session, lastSeenAt: session.createdAt, steppedUpAt: session.createdAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('staffMembers')
    .set({ lastSignInAt: session.createdAt })
    .where('id', '=', session.staffId)
    .execute()
  return id
}

/** The living session behind a token, with its owner; touches its last use at most once a minute. */
export async function livingSession(db: Db, tokenHash: Buffer, now: Date, idleSince: Date) {
  const session = await db
    .selectFrom('staffSessions')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffSessions.staffId')
    .where('tokenHash', '=', tokenHash)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('lastSeenAt', '>', idleSince)
    .where('suspendedAt', 'is', null)
    .select([
      'staffSessions.id',
      'staffId',
      'firstName',
      'lastName',
      'expiresAt',
      'steppedUpAt',
      'lastSeenAt',
    ])
    .executeTakeFirst()
  if (session && now.getTime() - session.lastSeenAt.getTime() > 60_000) {
    await db.updateTable('staffSessions').set({ lastSeenAt: now }).where('id', '=', session.id).execute()
  }
  return session
}

export async function sessionById(db: Db, id: string) {
  return db
    .selectFrom('staffSessions')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffSessions.staffId')
    .where('staffSessions.id', '=', id)
    .select(['staffId', 'firstName', 'lastName', 'email', 'language', 'expiresAt'])
    .executeTakeFirst()
}

export async function endSession(db: Db, id: string, now: Date) {
  await db.updateTable('staffSessions').set({ endedAt: now }).where('id', '=', id).execute()
}

export async function setLanguage(db: Db, staffId: string, language: string) {
  await db.updateTable('staffMembers').set({ language }).where('id', '=', staffId).execute()
}

export async function demonstrationStaff(db: Db) {
  return db
    .selectFrom('staffMembers')
    .innerJoin('staffSecondFactors', 'staffSecondFactors.staffId', 'staffMembers.id')
    .where('demonstration', '=', true)
    .orderBy('staffMembers.createdAt')
    .orderBy('staffMembers.id')
    .select(['id', 'firstName', 'lastName', 'email', 'secretSealed', 'lastStep'])
    .execute()
}

export async function hasDemonstrationStaff(db: Db): Promise<boolean> {
  const { some } = await db
    .selectNoFrom((eb) =>
      eb
        .exists(
          eb
            .selectFrom('staffMembers')
            .where('demonstration', '=', true)
            .select(sql`1`.as('one')),
        )
        .as('some'),
    )
    .executeTakeFirstOrThrow()
  return Boolean(some)
}

/** The second factor that was enrolled first, to try a key on. */
export async function oldestSecondFactor(db: Db) {
  return db
    .selectFrom('staffSecondFactors')
    .orderBy('enrolledAt')
    .limit(1)
    .select(['staffId', 'secretSealed'])
    .executeTakeFirst()
}
