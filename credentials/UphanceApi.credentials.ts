import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { authenticate } from '../nodes/Uphance/auth/authenticate';
import { credentialTestHeader } from '../nodes/Uphance/auth/credentialTest';
import { signIn } from '../nodes/Uphance/auth/signIn';

/**
 * The credential. All fields that identify a session have `noDataExpression`: n8n resolves expressions in credentials
 * only for the first item.
 */
export class UphanceApi implements ICredentialType {
	name = 'uphanceApi';

	displayName = 'Uphance API';

	icon: Icon = { light: 'file:../nodes/Uphance/uphance.svg', dark: 'file:../nodes/Uphance/uphance.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-uphance/n8n-nodes-uphance#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'Use an Uphance user made for n8n only. Uphance probably stores the current organisation per user. If a person uses the same login, a workflow can switch their organisation while it runs.',
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
			displayName: 'Organisation ID or Name',
			name: 'organisationId',
			type: 'string',
			placeholder: 'e.g. Uphance Demo',
			noDataExpression: true,
			default: '',
			description:
				'The organisation to work in. Leave it empty if the user belongs to only one. If the user belongs to several, save the credential: the connection test lists them under More Details.',
		},
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			noDataExpression: true,
			default: 'https://api.uphance.com',
			description: 'Address of the Uphance API. Change it only to try the nodes without Uphance.',
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
				'How long one session lasts. Leave it empty to use the default of Uphance (seven days). The node renews the session automatically. If you change it, the node signs in again with the next request.',
		},
		// n8n runs preAuthentication only for a credential with a hidden, expirable property.
		{
			displayName: 'Session',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	preAuthentication = signIn;

	// A property, not a method: n8n-core's DirectoryLoader copies only own properties of the instance. Without
	// `authenticate` n8n does not offer Custom API Call.
	authenticate = authenticate;

	// The header makes the test sign in with the password, even if a session is stored.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ ($credentials.apiUrl || "").trim() || "https://api.uphance.com" }}',
			url: '/organisations',
			headers: { [credentialTestHeader]: 'password' },
		},
	};
}
