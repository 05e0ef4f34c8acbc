import type { IDataObject } from 'n8n-workflow';
import { toComparable } from '../../http/text';
import { loadTextOptions } from '../../methods/loadOptions';
import { getMany } from '../../operations/getMany';
import type { LoadOptions, Resource } from '../../operations/operation';
import type { RecordType } from '../../transport/recordType';

export const recordType: RecordType = {
	path: '/channels',
	listKey: 'channels',
	singularKey: 'channel',
	singular: 'channel',
	plural: 'channels',
};

const nameOf = ({ channel_name, name }: IDataObject): string => String(channel_name ?? name ?? '');

/** Each name once: channels of several currencies share one (users.md A7). */
export const getChannelNames: LoadOptions = async function (limits) {
	return await loadTextOptions(this, limits, recordType, nameOf);
};

/** The currencies of the channels that bear the chosen name; all of them while none is chosen. */
export const getChannelCurrencies: LoadOptions = async function (limits) {
	const chosen: unknown = this.getCurrentNodeParameter('additionalFields.channel_name');
	const isPlain = typeof chosen === 'string' && chosen !== '' && !chosen.startsWith('=');
	return await loadTextOptions(this, limits, recordType, (each) =>
		!isPlain || toComparable(nameOf(each)) === toComparable(chosen) ? each.currency : undefined,
	);
};

/** GET /channels, a short list without pages (uphance-api.md 4.2). */
export const channel: Resource = {
	option: { name: 'Channel', value: 'channel', description: 'Where goods are sold, each in one currency' },
	operations: [getMany({ recordType, filters: [] })],
	loadOptions: { getChannelNames, getChannelCurrencies },
};
