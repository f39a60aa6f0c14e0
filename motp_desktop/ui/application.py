"""The Qt application: everything of the window put together."""

from motp_desktop.ui.viewmodels.bundle import ViewModels

__all__ = ["ViewModels"]
