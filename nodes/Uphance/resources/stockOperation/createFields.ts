import type { BodyField } from '../../parameters/body';

/** What a stock operation may say beside its quantities (uphance-api.md 4.13). */
export const optionalFields: BodyField[] = [
	{
		type: 'text',
		field: {
			displayName: 'Source',
			name: 'source',
			type: 'string',
			default: '',
			placeholder: 'e.g. Web shop',
			description: 'Where the movement comes from',
		},
	},
	{
		type: 'text',
		field: {
			displayName: 'External Ref',
			name: 'external_ref',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1001',
			description: 'What it is called there',
		},
	},
	{
		type: 'text',
		field: {
			displayName: 'External URL',
			name: 'external_url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://shop.example.com/orders/1001',
			description: 'Where it can be looked at',
		},
	},
	{
		type: 'text',
		field: {
			displayName: 'Comments',
			name: 'comments',
			type: 'string',
			default: '',
			description: 'Anything that people should know',
		},
	},
];
