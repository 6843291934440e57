from adapter.api.oauth.routes import router

__all__ = ["router"]
