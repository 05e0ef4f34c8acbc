import type { LoadOptions } from '../../operation/operation';
import { everyRecord } from '../../operation/everyRecord';
import type { RecordKind } from '../../transport/recordKind';

export const season: RecordKind = {
	path: '/seasons',
	listKey: 'seasons',
	key: 'season',
	singular: 'season',
	plural: 'seasons',
};

/** By name, which is what an order takes. */
export const getSeasons: LoadOptions = async function () {
	const names = (await everyRecord(this, season)).map(({ name }) => String(name));
	return [...new Set(names)].sort().map((name) => ({ name, value: name }));
};
