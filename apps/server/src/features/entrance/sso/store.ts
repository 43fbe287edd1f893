/** The tables `sso_flows` and `sso_codes`. */
import type { Db, Row } from '../../../core/db.ts'

/** What a finished sign-in at a provider leads to. */
export type Purpose =
  /**
   * A session in the browser; `token` and `teamId` are an invitation, '' for none. `isProof`: the person must
   * prove to the provider anew who they are.
   */
  | { kind: 'web'; next: string; token: string; teamId: string; isProof?: boolean }
  /** A session in the desktop app, which keeps the other half of the secret. */
  | { kind: 'desktop'; next: string; clientToken: string; token: string; teamId: string }
  /** A session in the mobile app; `challenge` is the hash of its secret, '' for an old app. */
  | { kind: 'mobile'; callback: string; appState: string; challenge: string }
  /** The account, as it was when it was proven, moves to the provider. */
  | {
      kind: 'move'
      userId: string
      proven: { auth_service: string; auth_data: string; generation: number; last_password_update: number }
    }

/** `asked` is what the protocol checks the answer against. */
export type FlowRow = Row<'sso_flows', { purpose: Purpose; asked: Record<string, string> }>

export const insertFlow = (db: Db, flow: FlowRow) =>
  db.run(
    `insert into sso_flows (state_hash, browser_hash, service, asked, purpose, expires_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      flow.state_hash,
      flow.browser_hash,
      flow.service,
      JSON.stringify(flow.asked),
      JSON.stringify(flow.purpose),
      flow.expires_at,
    ],
  )

/** Takes a flow of this browser: of several requests at once only one gets it. */
export const takeFlow = (
  db: Db,
  { state_hash, browser_hash, service }: Pick<FlowRow, 'state_hash' | 'browser_hash' | 'service'>,
  now: number,
) =>
  db.row<FlowRow>(
    `delete from sso_flows where state_hash = $1 and browser_hash = $2 and service = $3 and expires_at > $4
     returning *`,
    [state_hash, browser_hash, service, now],
  )

export type CodeRow = Row<'sso_codes'>

export const insertCode = (db: Db, code: CodeRow) =>
  db.run(
    `insert into sso_codes (code_hash, user_id, generation, challenge, app_state, expires_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [code.code_hash, code.user_id, code.generation, code.challenge, code.app_state, code.expires_at],
  )

/** Takes a code; also one with a wrong secret is used up. */
export const takeCode = (db: Db, codeHash: string) =>
  db.row<CodeRow>('delete from sso_codes where code_hash = $1 returning *', [codeHash])

export const deleteExpired = async (db: Db, now: number): Promise<void> => {
  await db.run('delete from sso_flows where expires_at <= $1', [now])
  await db.run('delete from sso_codes where expires_at <= $1', [now])
}
