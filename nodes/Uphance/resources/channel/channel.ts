import type { IDataObject } from 'n8n-workflow';
import { loadTextOptions } from '../../methods/loadOptions';
import type { LoadOptions } from '../../operations/operation';
import type { RecordType } from '../../transport/recordType';

export const channel: RecordType = {
	path: '/channels',
	listKey: 'channels',
	singularKey: 'channel',
	singular: 'channel',
	plural: 'channels',
};

const nameOf = ({ channel_name, name }: IDataObject): string => String(channel_name ?? name ?? '');

/** Each name once: channels of several currencies share one (users.md A7). */
export const getChannelNames: LoadOptions = async function () {
	return await loadTextOptions(this, channel, nameOf);
};

/** The currencies of the channels that bear the chosen name; all of them while none is chosen. */
export const getChannelCurrencies: LoadOptions = async function () {
	const chosen: unknown = this.getCurrentNodeParameter('additionalFields.channel_name');
	const isPlain = typeof chosen === 'string' && chosen !== '' && !chosen.startsWith('=');
	return await loadTextOptions(this, channel, (each) =>
		!isPlain || nameOf(each) === chosen ? each.currency : undefined,
	);
};
