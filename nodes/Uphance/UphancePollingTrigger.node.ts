import type {
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { collection, organisationField, simplifyField } from './parameters/fields';
import { methods } from './resources';
import { poll } from './triggers/polling/poll';
import { pollableLists } from './triggers/polling/pollableLists';
import { statusField } from './triggers/status';

const filterFields: INodeProperties[] = pollableLists
	.filter(({ filters }) => filters.length > 0)
	.map(({ option, filters }) => ({
		...collection(
			'Filters',
			'filters',
			'filter',
			filters.map(({ field }) => field),
		),
		displayOptions: { show: { triggerOn: [option.value] } },
	}));

/** Only for lists whose records have a status. A new record gets its status later, so the trigger must watch for changes. */
const statusFields: INodeProperties[] = pollableLists.flatMap(({ option, knownStatuses }) =>
	knownStatuses === undefined
		? []
		: [
				{
					...statusField,
					displayOptions: { show: { '/triggerOn': [option.value], '/watchFor': ['createdOrUpdated'] } },
					description: `Starts once per record and status. Separate several statuses with commas. Known are ${knownStatuses}. Case and blanks do not matter.`,
				},
			],
);

export class UphancePollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Uphance Polling Trigger',
		name: 'uphancePollingTrigger',
		icon: { light: 'file:uphance.svg', dark: 'file:uphance.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["triggerOn"] + ": " + $parameter["watchFor"] }}',
		description: 'Starts the workflow when a record appears or changes in Uphance, which n8n asks at intervals',
		defaults: { name: 'Uphance Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'uphanceApi', required: true }],
		properties: [
			{
				displayName:
					'Starts from now when the workflow is published, and goes on where it stopped when it is published again. A test shows the latest record.',
				name: 'beginning',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'triggerOn',
				type: 'options',
				noDataExpression: true,
				options: pollableLists.map(({ option }) => option),
				default: 'order',
				description: 'What to watch',
			},
			{
				displayName: 'Watch For',
				name: 'watchFor',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'New Records', value: 'created', description: 'A quiet poll is one request' },
					{
						name: 'New or Changed Records',
						value: 'createdOrUpdated',
						description: 'Compares the newest records with the last poll, such as a draft that is confirmed',
					},
				],
				default: 'created',
				description: 'What starts the workflow',
			},
			{ ...simplifyField, default: false },
			...filterFields,
			collection('Options', 'options', 'option', [
				{
					displayName: 'Max Records per Poll',
					name: 'maxRecords',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 10000 },
					default: 1000,
					description: 'How many records one poll emits at most; the rest comes with the next',
				},
				...statusFields,
				organisationField,
				{
					displayName: 'Start After ID',
					name: 'startAfterId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 9005',
					description: 'Begins with the record after this ID instead of from now, when the trigger has no state yet',
				},
				{
					displayName: 'Watch the Newest',
					name: 'lookBack',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 2000 },
					displayOptions: { show: { '/watchFor': ['createdOrUpdated'] } },
					default: 500,
					description: 'How many of the newest records are checked for changes; 100 cost one request',
				},
			]),
		],
	};

	methods = methods;

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const records = await poll(this);
		return records && [this.helpers.returnJsonArray(records)];
	}
}
