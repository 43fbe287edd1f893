/** From the start to the end of a session: what the client shows first, and what the server says then. */
import { ApiFault, FACTOR_NEEDED } from './api.ts'
import type { Forgets, Phase, Session } from './session.ts'
import type { Value } from './source.ts'
import type { State } from './state/state.ts'

const asFault = (error: unknown): ApiFault =>
  error instanceof ApiFault ? error : new ApiFault('client.broken', 0, String(error))

/** Opens the local database of an account, and shows its copy unless the server is faster. */
const createWaking = (state: State, phase: Value<Phase>) => {
  let opened = ''
  const open = async (accountId: string): Promise<void> => {
    // What one account wrote must not be sent as another.
    if (opened !== '' && opened !== accountId) state.writings.clear()
    opened = accountId
    await state.device.open(accountId)
  }
  return {
    open,
    /** Returns whether the copy is shown. */
    async restore(accountId: string, isCurrent: () => boolean): Promise<boolean> {
      const before = state.loads.get()
      let isLoaded = false
      await open(accountId)
      const isWanted = (): boolean =>
        isCurrent() && phase.get() !== 'ready' && (isLoaded || state.loads.get() === before)
      const load: State['load'] = (home) => {
        isLoaded = true
        state.load(home)
      }
      if (!(await state.copies.restore(load, isWanted))) return false
      await state.writings.adopt()
      return isWanted()
    },
    forget(): void {
      opened = ''
    },
  }
}

/** `account` returns the id of the account that is probably signed in, '' for unknown. */
export const createLoading = (
  state: State,
  { phase, problem }: Pick<Session, 'phase' | 'problem'>,
  account: () => string,
) => {
  const { open, restore, forget } = createWaking(state, phase)
  let generation = 0
  let loading = 0

  /** The server may have refused everything while the copy was being read. */
  const mayShowCopy = (): boolean => phase.get() !== 'factor-needed'

  const becomeReady = (): void => {
    if (phase.get() === 'ready') return
    phase.set('ready')
    state.presence.start()
    state.writings.resume()
  }

  const failed = (fault: ApiFault): void => {
    // The session has a phase of its own for these.
    if (fault.status === 401 || fault.id === FACTOR_NEEDED) return
    problem.set(fault)
    if (phase.get() !== 'ready') phase.set('lost')
  }

  const load = async (): Promise<void> => {
    const mine = generation
    loading += 1
    try {
      await state.reload()
      if (mine !== generation) return
      await open(state.myId.get())
      if (phase.get() !== 'ready') await state.writings.adopt()
      if (mine !== generation) return
      state.copies.stamp()
      problem.set(undefined)
      becomeReady()
    } catch (error) {
      if (mine === generation) failed(asFault(error))
    } finally {
      loading -= 1
    }
  }

  return {
    load,
    isLoading: () => loading > 0,
    /** Shows the local copy, unless the server is faster. */
    async restore(): Promise<void> {
      const mine = generation
      const accountId = account()
      if (accountId !== '' && (await restore(accountId, () => mine === generation)) && mayShowCopy())
        becomeReady()
    },
    /** Forgets the session here; the device keeps what `forgets` leaves. */
    end(forgets?: Forgets): Promise<void> {
      generation += 1
      forget()
      state.presence.stop()
      // While the device still takes it.
      state.drafts.gather(true)
      const closing = state.device.close(forgets)
      state.clear()
      return closing
    },
  }
}
