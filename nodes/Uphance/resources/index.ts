import type { Resource } from '../operation/operation';
import { accessToken } from './accessToken';
import { channel } from './channel';
import { searchCustomers } from './customer/search';
import { order } from './order';
import { organisation } from './organisation';
import { getSeasons } from './season/season';

/** The Resource menu, by name. */
export const resources: Resource[] = [accessToken, channel, organisation, order];

const together = <T>(own: Record<string, T>, more: Array<Record<string, T> | undefined>): Record<string, T> =>
	Object.fromEntries([own, ...more].flatMap((each) => Object.entries(each ?? {})));

/** What fields of any resource list and search, by the names they refer to. */
export const methods = {
	listSearch: together(
		{ searchCustomers },
		resources.map(({ listSearch }) => listSearch),
	),
	loadOptions: together(
		{ getSeasons },
		resources.map(({ loadOptions }) => loadOptions),
	),
};
