import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { authenticate } from '../nodes/Uphance/auth/authenticate';
import { credentialTestHeader } from '../nodes/Uphance/auth/credentialTest';
import { signIn } from '../nodes/Uphance/auth/signIn';

export class UphanceApi implements ICredentialType {
	name = 'uphanceApi';

	displayName = 'Uphance API';

	icon: Icon = { light: 'file:../nodes/Uphance/uphance.svg', dark: 'file:../nodes/Uphance/uphance.dark.svg' };

	documentationUrl = 'https://help.uphance.com/en/articles/2532044-uphance-api-for-developers';

	properties: INodeProperties[] = [
		{
			displayName:
				'Use an Uphance user made for n8n only. The chosen organisation belongs to the user: a person who works with the same login would be switched to another organisation while a workflow runs.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. nathan@example.com',
			required: true,
			noDataExpression: true,
			default: '',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			noDataExpression: true,
			default: '',
		},
		{
			displayName: 'Organisation ID',
			name: 'organisationId',
			type: 'string',
			placeholder: 'e.g. 9579',
			noDataExpression: true,
			default: '',
			description:
				'The number or the name of the organisation to work in. Leave empty if the user belongs to one only; otherwise save, and the connection test lists them under More Details.',
		},
		{
			displayName: 'Session Length (Seconds)',
			name: 'expires_in',
			type: 'number',
			typeOptions: { minValue: 1 },
			noDataExpression: true,
			default: '',
			placeholder: 'e.g. 604800',
			description:
				'How long one sign-in lasts. Leave empty for what Uphance chooses (seven days); it is renewed by itself.',
		},
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			noDataExpression: true,
			default: 'https://api.uphance.com',
			description: 'Where Uphance answers. Change it only to try the nodes without Uphance.',
		},
		{
			displayName: 'Session',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	preAuthentication = signIn;

	// A property: n8n loses methods when it spreads the instance, and with them Custom API Call (n8n-platform.md 0a).
	authenticate = authenticate;

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ ($credentials.apiUrl || "").trim() || "https://api.uphance.com" }}',
			url: '/organisations',
			headers: { [credentialTestHeader]: 'password' },
		},
	};
}
