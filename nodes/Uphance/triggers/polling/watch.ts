import type { IDataObject } from 'n8n-workflow';
import type { UphanceClient } from '../../transport/client';
import type { PollableList } from './pollableLists';
import type { PollState } from './state';

/** One poll: what it watches and how. */
export interface PollOptions {
	client: UphanceClient;
	list: PollableList;
	query: IDataObject;
	lookBack: number;
	/** At most so many records at once; the rest comes with the next poll. */
	maxRecords: number;
	statuses: string[];
}

/** What a poll brings. */
export interface PollResult {
	/** Oldest first. */
	records: IDataObject[];
	state: PollState;
}
