// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createBrowserRouter, Outlet, RouterProvider, useParams } from 'react-router';
import { Frame } from './frame';
import { pageOf } from './pages';
import { routes, type Route } from './route-table';
import { FirstSteps, SignInForm, SignInPage } from './sign-in';
import { isId } from '../api/ids';
import { Live } from '../api/live';
import { newQueryClient } from '../api/query-client';
import { SessionGate, useSession } from '../api/session';
import { UnreachableError } from '../api/problem';
import { Dialog } from '../parts/dialog';
import { KeyBoard } from '../parts/keys';
import { Page } from '../parts/page';
import { Failure, Loading } from '../parts/states';
import { Language, useTexts } from '../texts';

const router = createBrowserRouter(
  [
    {
      element: (
        <Frame>
          <Outlet />
        </Frame>
      ),
      children: [
        ...routes.map((route) => ({ path: route.path, element: <Shown route={route} /> })),
        { path: '*', element: <NoSuchPage /> },
      ],
    },
  ],
  { basename: '/console' },
);

export function App() {
  const [queries] = useState(newQueryClient);
  return (
    <Language>
      <QueryClientProvider client={queries}>
        <SessionGate
          waiting={<Loading />}
          unreachable={(again) => <Failure error={new UnreachableError()} again={again} />}
          signIn={(signing) =>
            signing.again === undefined ? <SignInPage {...signing} /> : <SignInAgain {...signing} />
          }
        >
          <FirstSteps>
            <Live>
              <KeyBoard>
                <RouterProvider router={router} />
              </KeyBoard>
            </Live>
          </FirstSteps>
        </SessionGate>
      </QueryClientProvider>
    </Language>
  );
}

function SignInAgain(signing: Parameters<typeof SignInForm>[0]) {
  const { frame } = useTexts();
  return (
    <Dialog heading={frame.sessionEnded} onClose={() => undefined} mustAnswer>
      <p>{frame.sessionEndedHint(signing.again ?? '')}</p>
      <SignInForm {...signing} />
    </Dialog>
  );
}

/** The hub decides what may be seen; this only spares whoever has no use for a page an empty one. */
function Shown({ route }: { readonly route: Route }) {
  const { common, frame } = useTexts();
  const { roles } = useSession();
  const { id } = useParams();
  const Content = pageOf(route.name);
  if (id !== undefined && !isId(id)) return <NoSuchPage />;
  if (route.roles.some((role) => roles.has(role))) return <Content />;
  return (
    <Page title={frame.pages[route.name]}>
      <p>{common.notForYou}</p>
      <p className="dim">{common.notForYouHint}</p>
    </Page>
  );
}

function NoSuchPage() {
  const { common } = useTexts();
  return (
    <Page title={common.notFound}>
      <p>{common.notFoundHint}</p>
    </Page>
  );
}
