import type { IDataObject } from 'n8n-workflow';
import { everyText } from '../../methods/loadOptions';
import type { LoadOptions } from '../../operations/operation';
import type { RecordKind } from '../../transport/recordType';

export const channel: RecordKind = {
	path: '/channels',
	listKey: 'channels',
	key: 'channel',
	singular: 'channel',
	plural: 'channels',
};

const nameOf = ({ channel_name, name }: IDataObject): string => String(channel_name ?? name ?? '');

/** Each name once: channels of several currencies share one (users.md A7). */
export const getChannelNames: LoadOptions = async function () {
	return await everyText(this, channel, nameOf);
};

/** The currencies of the channels that bear the chosen name; all of them while none is chosen. */
export const getChannelCurrencies: LoadOptions = async function () {
	const chosen: unknown = this.getCurrentNodeParameter('additionalFields.channel_name');
	const isPlain = typeof chosen === 'string' && chosen !== '' && !chosen.startsWith('=');
	return await everyText(this, channel, (each) => (!isPlain || nameOf(each) === chosen ? each.currency : undefined));
};
