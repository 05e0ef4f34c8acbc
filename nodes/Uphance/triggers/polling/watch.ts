import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../../transport/client';
import type { Polled } from './pollableLists';
import type { PollState } from './state';

/** One poll: what it watches and how. */
export interface Watch {
	uphance: Connection;
	list: Polled;
	query: IDataObject;
	lookBack: number;
	/** At most so many records at once; the rest comes with the next poll. */
	most: number;
	statuses: string[];
}

/** What a poll brings. */
export interface Polling {
	/** Oldest first. */
	records: IDataObject[];
	state: PollState;
}
