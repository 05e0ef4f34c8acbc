import type { ListSwitches, Switches } from '../../sandbox/uphance/switches.mts';
import type { Safe } from '../safe.mts';

/**
 * Whether Uphance does what the nodes expect. 'differs': it does something else, and the nodes are ready for it.
 * 'matters': it does something else, and users will notice.
 */
export type Verdict = 'fits' | 'differs' | 'matters' | 'not seen';

/** One fact about Uphance, as the account shows it. */
export interface Finding {
	fact: Safe;
	verdict: Verdict;
	seen: Safe;
	/** What follows for the nodes, where it is not what they expect. */
	means?: Safe;
	/** The positions of the stand-in's switches that make it do the same. */
	sets?: Partial<Switches>;
	/** The same for one list. */
	setsOfList?: { path: string; switches: ListSwitches };
}

export const notSeen = (fact: Safe, seen: Safe): Finding => ({ fact, verdict: 'not seen', seen });
