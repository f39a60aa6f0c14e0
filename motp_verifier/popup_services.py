"""What serves pop-ups, put together for `motp_verifier.app`."""

from collections.abc import Callable

from motp_verifier.config import Config
from motp_verifier.http.approvals import approval_router
from motp_verifier.http.popups.assets import Assets
from motp_verifier.http.popups.events import events_route
from motp_verifier.http.popups.page_routes import PopupServices, help_router, popup_page_router
from motp_verifier.http.popups.requests import PageSecurity
from motp_verifier.http.popups.site_routes import popup_site_router
from motp_verifier.http.popups.views import Links
from motp_verifier.http.router import Router
from motp_verifier.http.signing import SignatureCheck
from motp_verifier.resource_files import resource_folder
from motp_verifier.runtime import Runtime
from motp_verifier.services.identity.port import IdentityService
from motp_verifier.services.messages.port import MessageSender
from motp_verifier.services.popups.approvals import Approvals
from motp_verifier.services.popups.codes import PopupCodes
from motp_verifier.services.popups.following import Following
from motp_verifier.services.popups.opening import Popups
from motp_verifier.services.popups.pages import PopupPages
from motp_verifier.services.popups.phone import PopupPhones
from motp_verifier.services.popups.phone_acceptance import PhoneAcceptance
from motp_verifier.services.popups.same_pc import SamePc
from motp_verifier.services.send_limits import SendQuota
from motp_verifier.site_services import SiteServices


def popup_routers(
    config: Config,
    runtime: Runtime,
    site: SiteServices,
    *,
    signatures: SignatureCheck,
    sender: MessageSender,
    identity: IdentityService | None,
    is_draining: Callable[[], bool],
) -> list[Router]:
    """Pop-ups for sites, for trainees' browsers and for the app. Raises ConfigError."""
    store, keys, now, metrics = runtime.store, runtime.keys, runtime.now, runtime.metrics
    names, acceptances = site.names, site.acceptances
    scheme, _, _ = config.origin().partition(":")
    origin = f"{scheme}://{config.authority()}"
    security = PageSecurity(origin, config.addresses())
    pages = PopupPages(store, keys, names, origin, now, carrier=identity is not None)
    services = PopupServices(
        pages=pages,
        codes=PopupCodes(store, keys, site.verification, site.page_failures, now),
        same_pc=SamePc(store, keys, acceptances, names, now=now, metrics=metrics),
        phones=PopupPhones(
            store,
            keys,
            sender,
            identity,
            PhoneAcceptance(acceptances),
            names=names,
            quota=SendQuota(keys, config.limits()),
            now=now,
            metrics=metrics,
        ),
    )
    assets = Assets(resource_folder("popup"))
    links = Links(assets.style, assets.script, config.install_url, config.help_url)
    return [
        popup_site_router(site.guard, Popups(store, keys, site.policies, origin, now)),
        popup_page_router(
            services,
            security,
            links,
            events_route(pages, Following(store, now, is_draining), security),
        ),
        help_router(links),
        assets.router(),
        approval_router(signatures, Approvals(store, keys, names, origin, now)),
    ]
